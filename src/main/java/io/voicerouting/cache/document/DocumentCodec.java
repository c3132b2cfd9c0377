package io.voicerouting.cache.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.voicerouting.cache.CachedResource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * Documents as they stand in Redis: plain JSON that begins with its schema version, {@code
 * {"schema_version":1,...}}; "no such row" is {@code {"schema_version":1,"absent":true}}. The
 * mapper is the codec's own, so that HTTP settings cannot change what is stored.
 */
public final class DocumentCodec<V> {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .annotationIntrospector(new EveryMember())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * Writes members that HTTP answers omit when they are null, so that a missing member always means
   * a document of another shape.
   */
  private static final class EveryMember extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public JsonInclude.Value findPropertyInclusion(MapperConfig<?> config, Annotated annotated) {
      return JsonInclude.Value.empty();
    }
  }

  private final byte[] prefix;
  private final byte[] absent;
  private final ObjectReader reader;

  public DocumentCodec(CachedResource<V> resource) {
    String start = "{\"schema_version\":" + resource.schemaVersion() + ",";
    this.prefix = start.getBytes(UTF_8);
    this.absent = (start + "\"absent\":true}").getBytes(UTF_8);
    this.reader = MAPPER.readerFor(resource.type());
  }

  /** What a copy says. */
  public sealed interface Decoded<V> {
    /** The document, or null for "no such row". */
    record Document<V>(@Nullable V value) implements Decoded<V> {}

    /** Another version, or no document of ours at all. */
    record Unreadable<V>() implements Decoded<V> {}
  }

  /**
   * Writes a document.
   *
   * @param value the document; null for "no such row"
   */
  public byte[] encode(@Nullable V value) {
    if (value == null) {
      return absent.clone();
    }
    byte[] json = MAPPER.writeValueAsBytes(value);
    byte[] whole = Arrays.copyOf(prefix, prefix.length + json.length - 1);
    System.arraycopy(json, 1, whole, prefix.length, json.length - 1); // without its opening brace
    return whole;
  }

  public Decoded<V> decode(byte[] bytes) {
    if (!Arrays.equals(prefix, 0, prefix.length, bytes, 0, Math.min(prefix.length, bytes.length))) {
      return new Decoded.Unreadable<>();
    }
    if (Arrays.equals(absent, bytes)) {
      return new Decoded.Document<>(null);
    }
    try {
      return new Decoded.Document<>(reader.<V>readValue(bytes));
    } catch (JacksonException e) {
      return new Decoded.Unreadable<>();
    }
  }

  /** The copy as a tree, for people to look at; null when it is not JSON. */
  public static @Nullable JsonNode tree(byte[] bytes) {
    try {
      return MAPPER.readTree(bytes);
    } catch (JacksonException e) {
      return null;
    }
  }
}
