package io.voicerouting.cache.document;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedResource;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes documents in Redis: plain JSON that begins with its schema version and a
 * {@linkplain Checksum checksum} of its key and all other members, and ends with the time and the
 * snapshot of its load, {@code {"schema_version":1,"crc32c":"89abcdef",...,
 * "loaded_at":"2026-11-23T14:00:00.123Z","snapshot":"xmin:xmax:xip"}}. The previous release writes
 * neither checksum nor time, and ignores them. "No such row" is {@code
 * {"schema_version":1,"absent":true}}, and means the same in every version. The codec has a mapper
 * of its own, so that HTTP settings cannot change stored documents.
 */
public final class DocumentCodec<V> {

  private static final String VERSION_START = "{\"schema_version\":";
  private static final String ABSENT_END = "\"absent\":true}";
  private static final Pattern VERSION =
      Pattern.compile(Pattern.quote(VERSION_START) + "([1-9][0-9]{0,8}),");

  /** Longest start of an entry that {@link #VERSION} has to see. */
  private static final int VERSION_LENGTH = VERSION_START.length() + 10;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .annotationIntrospector(new EveryMember())
          .addModule(new DocumentModule())
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

  private final int schemaVersion;
  private final byte[] prefix;
  private final byte[] absent;
  private final ObjectReader reader;

  public DocumentCodec(CachedResource<V> resource) {
    this.schemaVersion = resource.definition().schemaVersion();
    this.prefix = start(schemaVersion).getBytes(UTF_8);
    this.absent = absent(schemaVersion);
    this.reader = MAPPER.readerFor(resource.definition().type());
  }

  /** The content of a cache entry. */
  public sealed interface Decoded<V> {
    /** The document, or "no such row". */
    record Document<V>(LoadResult<V> loaded) implements Decoded<V> {}

    /**
     * A document of a newer version of the service. It is kept for the instances of that version.
     */
    record Newer<V>() implements Decoded<V> {}

    /** A document of an older version of the service. */
    record Older<V>(int schemaVersion) implements Decoded<V> {}

    /**
     * Not a document of this service.
     *
     * @param reason what is wrong, without content of the entry
     */
    record Unreadable<V>(String reason) implements Decoded<V> {}
  }

  /**
   * Writes a document, or "no such row".
   *
   * @param at when it was loaded; not written for "no such row"
   */
  public byte[] encode(CacheKey key, LoadResult<V> loaded, Instant at) {
    if (loaded.value() == null) {
      return absent.clone();
    }
    byte[] members = members(loaded, at);
    byte[] checksum = Checksum.member(key, prefix, members);
    ByteArrayOutputStream entry =
        new ByteArrayOutputStream(prefix.length + checksum.length + members.length);
    entry.writeBytes(prefix);
    entry.writeBytes(checksum);
    entry.writeBytes(members);
    return entry.toByteArray();
  }

  /** Returns what follows the schema version and the checksum, without an opening brace. */
  private static byte[] members(LoadResult<?> loaded, Instant at) {
    byte[] json = MAPPER.writeValueAsBytes(loaded.value());
    ByteArrayOutputStream members = new ByteArrayOutputStream(json.length + LoadStamp.LENGTH);
    members.write(json, 1, json.length - 2); // without its braces
    LoadStamp.write(at, loaded.snapshot(), members);
    members.write('}');
    return members.toByteArray();
  }

  /** Reads the entry of a key. */
  public Decoded<V> decode(CacheKey key, byte[] bytes) {
    if (!Arrays.equals(prefix, 0, prefix.length, bytes, 0, Math.min(prefix.length, bytes.length))) {
      return decodeOtherVersion(key, bytes);
    }
    if (Arrays.equals(absent, bytes)) {
      return new Decoded.Document<>(new LoadResult<>(null, null));
    }
    String damage = Checksum.error(key, bytes, prefix.length);
    if (damage != null) {
      return new Decoded.Unreadable<>(damage);
    }
    try {
      return new Decoded.Document<>(
          new LoadResult<>(reader.<V>readValue(bytes), LoadStamp.snapshot(bytes)));
    } catch (JacksonException e) {
      return new Decoded.Unreadable<>(describe(e));
    } catch (IllegalArgumentException e) {
      return new Decoded.Unreadable<>("the snapshot has another form");
    }
  }

  /** Describes the kind and the place of an error, without the content that Jackson quotes. */
  private static String describe(JacksonException failure) {
    TokenStreamLocation location = failure.getLocation();
    String where = location == null ? "" : " at byte " + location.getByteOffset();
    String what =
        failure instanceof DatabindException ? "no document of this type" : "no valid JSON";
    return what + where;
  }

  private Decoded<V> decodeOtherVersion(CacheKey key, byte[] bytes) {
    int length = Math.min(bytes.length, VERSION_LENGTH);
    Matcher version = VERSION.matcher(new String(bytes, 0, length, ISO_8859_1));
    if (!version.lookingAt()) {
      return new Decoded.Unreadable<>("no schema version");
    }
    int found = Integer.parseInt(version.group(1));
    if (Arrays.equals(absent(found), bytes)) {
      return new Decoded.Document<>(new LoadResult<>(null, null));
    }
    String damage = Checksum.error(key, bytes, version.end());
    if (damage != null) {
      return new Decoded.Unreadable<>(damage);
    }
    return found > schemaVersion ? new Decoded.Newer<>() : new Decoded.Older<>(found);
  }

  private static String start(int schemaVersion) {
    return VERSION_START + schemaVersion + ",";
  }

  private static byte[] absent(int schemaVersion) {
    return (start(schemaVersion) + ABSENT_END).getBytes(UTF_8);
  }

  /**
   * An entry, for display.
   *
   * @param tree without snapshot, checksum and time of the load; null if the entry is not JSON
   * @param loadedAt null if the entry does not contain it: "no such row", or an entry of the
   *     previous release
   */
  public record Shown(@Nullable JsonNode tree, @Nullable Instant loadedAt) {}

  /** Reads an entry of any version for display. */
  public static Shown show(byte[] bytes) {
    try {
      JsonNode tree = MAPPER.readTree(bytes);
      if (!(tree instanceof ObjectNode document)) {
        return new Shown(tree, null);
      }
      document.remove(Checksum.NAME);
      return new Shown(document, LoadStamp.removeFrom(document));
    } catch (JacksonException e) {
      return new Shown(null, null);
    }
  }
}
