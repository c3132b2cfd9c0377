/** Loads from PostgreSQL: bounds, sharing and availability; the connection of the outbox relay. */
@NullMarked
package io.voicerouting.cache.database;

import org.jspecify.annotations.NullMarked;
