package io.voicerouting.cache.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.cache.CoherenceDatabase;
import io.voicerouting.cache.EngineTest;
import io.voicerouting.cache.HookedExtensions;
import io.voicerouting.cache.HookedExtensions.Document;
import io.voicerouting.cache.document.DocumentCodec.Decoded;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of documents: other instances read them, also of versions before and after. */
@EngineTest
class DocumentCodecTest {

  private static final String START = "{\"schema_version\":1,\"display_name\":";

  private final DocumentCodec<Document> codec =
      new DocumentCodec<>(new HookedExtensions(CoherenceDatabase.get()));

  private LoadResult<Document> decoded(String json) {
    return ((Decoded.Document<Document>) codec.decode(json.getBytes(UTF_8))).loaded();
  }

  @Test
  void documentEndsWithTheSnapshotOfItsLoad() {
    LoadResult<Document> loaded =
        new LoadResult<>(new Document("Zoë"), DatabaseSnapshot.parse("10:20:12,15"));
    String json = new String(codec.encode(loaded), UTF_8);

    assertThat(json).isEqualTo(START + "\"Zoë\",\"snapshot\":\"10:20:12,15\"}");
    assertThat(decoded(json).value()).isEqualTo(new Document("Zoë"));
    assertThat(decoded(json).snapshot()).hasToString("10:20:12,15");
  }

  @Test
  void negativeEntryHasNoSnapshot() {
    String json = new String(codec.encode(new LoadResult<>(null, null)), UTF_8);

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

    assertThat(codec.decode(json.getBytes(UTF_8))).isInstanceOf(Decoded.Unreadable.class);
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
    assertThat(codec.decode(json.getBytes(UTF_8)).getClass().getSimpleName()).isEqualTo(expected);
  }

  @Test
  void entryOfAnOlderVersion() {
    DocumentCodec<Document> later =
        new DocumentCodec<>(new HookedExtensions(CoherenceDatabase.get(), 11));

    assertThat(later.decode((START + "\"old\"}").getBytes(UTF_8)))
        .isInstanceOf(Decoded.Older.class);
  }

  @Test
  void inspectionHidesTheSnapshot() {
    byte[] json = (START + "\"old\",\"snapshot\":\"1:2:\"}").getBytes(UTF_8);

    assertThat(Objects.requireNonNull(DocumentCodec.tree(json)).toString())
        .isEqualTo(START + "\"old\"}");
  }
}
