package io.voicerouting.cache.lookup;

import io.voicerouting.cache.CacheProperties;
import io.voicerouting.cache.CacheTtls;
import io.voicerouting.cache.database.CoalescedLoads;
import io.voicerouting.cache.support.CacheMeters;
import io.voicerouting.cache.support.NanoClock;
import java.time.InstantSource;

/**
 * What all fills use.
 *
 * @param timeOfDay compared with the time of a document's last change
 */
record FillTools(
    CoalescedLoads loads,
    DocumentStore documents,
    CacheMeters meters,
    CacheProperties properties,
    CacheTtls ttls,
    NegativeEntryLimit negativeEntries,
    InstantSource timeOfDay,
    NanoClock clock) {}
