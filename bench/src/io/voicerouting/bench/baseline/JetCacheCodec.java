package io.voicerouting.bench.baseline;

import com.alicp.jetcache.CacheValueHolder;
import java.nio.ByteBuffer;
import tools.jackson.databind.ObjectReader;

/** Encodes values for JetCache: the expiry time, then the document as JSON. */
final class JetCacheCodec<V> {

  private final ObjectReader reader;

  JetCacheCodec(Class<V> type) {
    reader = Documents.MAPPER.readerFor(type);
  }

  byte[] encode(Object stored) {
    CacheValueHolder<?> holder = (CacheValueHolder<?>) stored;
    byte[] json = Documents.MAPPER.writeValueAsBytes(holder.getValue());
    return ByteBuffer.allocate(Long.BYTES + json.length)
        .putLong(holder.getExpireTime())
        .put(json)
        .array();
  }

  Object decode(byte[] bytes) {
    CacheValueHolder<V> holder = new CacheValueHolder<>();
    holder.setExpireTime(ByteBuffer.wrap(bytes).getLong());
    holder.setValue(reader.<V>readValue(bytes, Long.BYTES, bytes.length - Long.BYTES));
    return holder;
  }
}
