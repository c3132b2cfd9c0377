package io.voicerouting.cache.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CoherenceDatabase;
import io.voicerouting.cache.EngineTest;
import io.voicerouting.cache.HookedExtensions;
import io.voicerouting.cache.HookedExtensions.Document;
import io.voicerouting.cache.document.DocumentCodec.Decoded;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of documents: other instances read them, also of versions before and after. */
@EngineTest
class DocumentCodecTest {

  private static final CacheKey KEY = new CacheKey("extension", 1, "1001");
  private static final String START = "{\"schema_version\":1,\"display_name\":";

  private static final Instant AT = Instant.parse("2026-11-23T14:00:00.123456Z");

  private final DocumentCodec<Document> codec =
      new DocumentCodec<>(new HookedExtensions(CoherenceDatabase.get()));

  private LoadResult<Document> decoded(String json) {
    return ((Decoded.Document<Document>) codec.decode(KEY, json.getBytes(UTF_8))).loaded();
  }

  @Test
  void documentBeginsWithItsChecksumAndEndsWithTimeAndSnapshotOfItsLoad() {
    LoadResult<Document> loaded =
        new LoadResult<>(new Document("Zoë"), DatabaseSnapshot.parse("10:20:12,15"));
    String json = new String(codec.encode(KEY, loaded, AT), UTF_8);

    assertThat(json)
        .isEqualTo(
            "{\"schema_version\":1,\"crc32c\":\"af8923c8\",\"display_name\":\"Zoë\","
                + "\"loaded_at\":\"2026-11-23T14:00:00.123Z\",\"snapshot\":\"10:20:12,15\"}");
    assertThat(decoded(json).value()).isEqualTo(new Document("Zoë"));
    assertThat(decoded(json).snapshot()).hasToString("10:20:12,15");
  }

  /** The release before this one writes none. */
  @Test
  void documentWithoutChecksumIsRead() {
    LoadResult<Document> read = decoded(START + "\"old\",\"snapshot\":\"1:2:\"}");

    assertThat(read.value()).isEqualTo(new Document("old"));
    assertThat(read.snapshot()).hasToString("1:2:");
  }

  /** Whatever bit is flipped: the document is unreadable or unchanged, never another one. */
  @Test
  void noDamagedByteGivesAnotherDocument() {
    LoadResult<Document> loaded =
        new LoadResult<>(new Document("Call 1001"), DatabaseSnapshot.parse("10:20:12"));
    byte[] bytes = codec.encode(KEY, loaded, AT);
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] damaged = bytes.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Decoded<Document> decoded = codec.decode(KEY, damaged);
      assertThat(decoded)
          .as("bit %d", bit) // a damaged version is not that of another release
          .isInstanceOfAny(Decoded.Document.class, Decoded.Unreadable.class);
      if (decoded instanceof Decoded.Document<Document> document) {
        LoadResult<Document> read = document.loaded();
        assertThat(read.value()).as("bit %d", bit).isEqualTo(loaded.value());
        assertThat(read.snapshot()).hasToString("10:20:12");
      }
    }
    for (int length = 0; length < bytes.length; length++) {
      assertThat(codec.decode(KEY, Arrays.copyOf(bytes, length)))
          .as("length %d", length)
          .isInstanceOf(Decoded.Unreadable.class);
    }
  }

  @Test
  void documentOfAnotherKeyIsUnreadable() {
    byte[] bytes = codec.encode(KEY, new LoadResult<>(new Document("Zoë"), null), AT);

    assertThat(codec.decode(new CacheKey("extension", 1, "1002"), bytes))
        .isInstanceOf(Decoded.Unreadable.class);
  }

  @Test
  void reasonNamesNoContent() {
    byte[] bytes = codec.encode(KEY, new LoadResult<>(new Document("secret 1"), null), AT);
    String damaged = new String(bytes, UTF_8).replace("secret 1", "secret 2");

    assertThat(reason(damaged)).matches("the checksum .* is [0-9a-f]{8} instead of [0-9a-f]{8}");
    assertThat(reason(START + "\"secret"))
        .startsWith("no valid JSON at byte")
        .doesNotContain("secret");
    assertThat(reason(START + "{\"secret\":1}}"))
        .startsWith("no document of this type at byte")
        .doesNotContain("secret");
    assertThat(reason(START + "\"a\",\"snapshot\":\"1\"}")).contains("snapshot");
  }

  private String reason(String json) {
    return ((Decoded.Unreadable<Document>) codec.decode(KEY, json.getBytes(UTF_8))).reason();
  }

  @Test
  void negativeEntryHasNoSnapshot() {
    String json = new String(codec.encode(KEY, new LoadResult<>(null, null), AT), UTF_8);

    assertThat(json).isEqualTo("{\"schema_version\":1,\"absent\":true}");
    assertThat(decoded(json)).isEqualTo(new LoadResult<>(null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"old\"}",
        "\",\\\"snapshot\\\":\\\"1:2:\"}",
        "\"\",\"other\":{\"snapshot\":\"1:2:\"}}",
        "\"\",\"other\":\"snapshot:1:2:\"}",
        "\"\",\"snapshot\":\"1:2:\",\"other\":1}"
      })
  void documentWithAnotherLastMemberHasNoSnapshot(String rest) {
    LoadResult<Document> read = decoded(START + rest);

    assertThat(read.value()).isNotNull();
    assertThat(read.snapshot()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1:2", "1:2:x"})
  void documentWithAnInvalidSnapshotIsUnreadable(String snapshot) {
    String json = START + "\"old\",\"snapshot\":\"" + snapshot + "\"}";

    assertThat(codec.decode(KEY, json.getBytes(UTF_8))).isInstanceOf(Decoded.Unreadable.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"schema_version":0,"display_name":"old"}          | Unreadable
          {"schema_version":2,"display_name":"old"}          | Newer
          {"schema_version":10,"name":1,"snapshot":"1:2:"}   | Newer
          {"schema_version":999999999,"display_name":"old"}  | Newer
          {"schema_version":1000000000,"display_name":"old"} | Unreadable
          {"schema_version":02,"display_name":"old"}         | Unreadable
          {"schema_version":2}                               | Unreadable
          {"schema_version":2,"absent":true}                 | Document
          {"schema_version":2,"absent":false}                | Newer
          {"schema_version":                                 | Unreadable
          {"display_name":"old","schema_version":2}          | Unreadable
          """)
  void entryOfAnotherVersion(String json, String expected) {
    assertThat(codec.decode(KEY, json.getBytes(UTF_8)).getClass().getSimpleName())
        .isEqualTo(expected);
  }

  @Test
  void entryOfAnOlderVersion() {
    DocumentCodec<Document> later =
        new DocumentCodec<>(new HookedExtensions(CoherenceDatabase.get(), 11));

    assertThat(later.decode(KEY, (START + "\"old\"}").getBytes(UTF_8)))
        .isInstanceOf(Decoded.Older.class);
  }

  @Test
  void inspectionShowsTheDocumentAndTheTimeOfItsLoad() {
    byte[] json =
        codec.encode(
            KEY, new LoadResult<>(new Document("old"), DatabaseSnapshot.parse("1:2:")), AT);

    DocumentCodec.Shown shown = DocumentCodec.show(json);

    assertThat(shown.tree()).hasToString(START + "\"old\"}");
    assertThat(shown.loadedAt()).isEqualTo("2026-11-23T14:00:00.123Z");
  }

  @Test
  void entryThatDoesNotTellWhenItWasLoadedIsShown() {
    assertThat(DocumentCodec.show((START + "\"old\"}").getBytes(UTF_8)).loadedAt()).isNull();
    assertThat(
            DocumentCodec.show((START + "\"old\",\"loaded_at\":\"noon\"}").getBytes(UTF_8))
                .loadedAt())
        .isNull();
    assertThat(DocumentCodec.show("no JSON".getBytes(UTF_8)))
        .isEqualTo(new DocumentCodec.Shown(null, null));
  }
}
