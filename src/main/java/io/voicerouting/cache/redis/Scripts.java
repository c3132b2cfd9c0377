package io.voicerouting.cache.redis;

/** The Lua scripts; each touches the keys of one cluster slot. */
public final class Scripts {

  /**
   * Adds a member with its TTL, removes expired members (at most 100, so that Redis is not blocked
   * for long) and keeps the index as long as its longest entry. Scores and expiry only rise.
   *
   * <p>KEYS: index. ARGV: member, longest TTL in milliseconds. Returns the score, a Redis time in
   * milliseconds.
   */
  public static final String INDEX =
      """
      local time = redis.call('TIME')
      local now = time[1] * 1000 + math.floor(time[2] / 1000)
      local score = string.format('%.0f', now + ARGV[2])
      local old = redis.call('ZRANGE', KEYS[1], '-inf', '(' .. string.format('%.0f', now),
        'BYSCORE', 'LIMIT', 0, 100)
      if #old > 0 then
        redis.call('ZREM', KEYS[1], unpack(old))
      end
      redis.call('ZADD', KEYS[1], 'GT', score, ARGV[1])
      if redis.call('PEXPIREAT', KEYS[1], score, 'NX') == 0 then
        redis.call('PEXPIREAT', KEYS[1], score, 'GT')
      end
      return score
      """;

  /**
   * Acquires the lease of a key.
   *
   * <p>KEYS: document, lease. ARGV: owner, TTL of the lease in milliseconds, a void document or an
   * empty value. Returns the document and its remaining TTL in milliseconds if there is one other
   * than the void one; 1 when the lease is granted, 0 when another has it; -1 and the reason if
   * Redis refuses to store it.
   */
  public static final String ACQUIRE =
      """
      local value = redis.call('GET', KEYS[1])
      if value and value ~= ARGV[3] then
        return {value, redis.call('PTTL', KEYS[1])}
      end
      local granted = redis.pcall('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2])
      if granted and granted.err then
        return {-1, granted.err}
      end
      return {granted and 1 or 0}
      """;

  /**
   * Stores a document if the lease still has this owner, and deletes the lease.
   *
   * <p>KEYS: document, lease. ARGV: owner, document, TTL in milliseconds. Returns 1 when stored,
   * else 0. {@code SET} comes first: after another write Redis would not refuse it when memory is
   * full.
   */
  public static final String FILL =
      """
      if redis.call('GET', KEYS[2]) ~= ARGV[1] then
        return 0
      end
      redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
      redis.call('DEL', KEYS[2])
      return 1
      """;

  /**
   * Releases a lease if it still has this owner, so that others need not wait for its expiry.
   *
   * <p>KEYS: lease. ARGV: owner. Returns 1 if it was released, else 0.
   */
  public static final String RELEASE =
      """
      if redis.call('GET', KEYS[1]) == ARGV[1] then
        return redis.call('DEL', KEYS[1])
      end
      return 0
      """;

  private Scripts() {}
}
