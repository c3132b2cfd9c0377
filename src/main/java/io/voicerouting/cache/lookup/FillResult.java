package io.voicerouting.cache.lookup;

import io.voicerouting.cache.Lookup;

/** The result of a fill for one caller. */
sealed interface FillResult<V> {

  /** The caller's answer. */
  record Answered<V>(Lookup<V> answer) implements FillResult<V> {}

  /** Another caller's fill ended: read Redis again. */
  record EndedElsewhere<V>() implements FillResult<V> {}

  /** The key cannot be filled now: load without filling. */
  record Refused<V>() implements FillResult<V> {}
}
