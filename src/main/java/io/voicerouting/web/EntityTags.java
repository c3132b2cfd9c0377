package io.voicerouting.web;

import io.voicerouting.common.Sha256;
import java.net.URI;
import java.util.Base64;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Strong entity tags, computed from the documents: a tag changes with every change of its document,
 * including those by other applications (ADR 8).
 */
@Component
public class EntityTags {

  private static final int LENGTH = 22;

  private final JsonMapper mapper;

  EntityTags(JsonMapper mapper) {
    this.mapper = mapper;
  }

  /** Computes the tag, with its double quotes, of a document as answers show it. */
  String compute(Object document) {
    byte[] digest = Sha256.digest(mapper.writeValueAsBytes(document));
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    return '"' + text.substring(0, LENGTH) + '"';
  }

  /**
   * Creates a 200 with the document and its tag. Spring answers 304 instead to a {@code GET} whose
   * {@code If-None-Match} names the tag.
   */
  public <T> ResponseEntity<T> ok(T document) {
    return ResponseEntity.ok().eTag(compute(document)).body(document);
  }

  /**
   * Creates a 201 with the new document, its URI and its tag.
   *
   * @param path of the document
   */
  public <T> ResponseEntity<T> created(String path, T document) {
    return ResponseEntity.created(URI.create(path)).eTag(compute(document)).body(document);
  }
}
