package io.voicerouting.cache.near;

/** Identity of one invalidation channel. */
public final class Subscription {}
