package io.voicerouting.web;

import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Strong entity tags made of the documents themselves, so that they change whenever the document
 * does, whoever changed it.
 */
@Component
public class EntityTags {

  private static final int LENGTH = 22;

  private final JsonMapper mapper;

  EntityTags(JsonMapper mapper) {
    this.mapper = mapper;
  }

  /** The tag, with its double quotes, of a document as answers show it. */
  public String of(Object document) {
    byte[] digest = sha256().digest(mapper.writeValueAsBytes(document));
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    return '"' + text.substring(0, LENGTH) + '"';
  }

  /**
   * An answer with the document and its tag; for a {@code GET} whose {@code If-None-Match} names
   * it, Spring makes a 304 of this.
   */
  public <T> ResponseEntity<T> ok(T document) {
    return ResponseEntity.ok().eTag(of(document)).body(document);
  }

  /** A 201 with the new document, its address and its tag. */
  public <T> ResponseEntity<T> created(URI location, T document) {
    return ResponseEntity.created(location).eTag(of(document)).body(document);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 (expected: in every Java platform)", e);
    }
  }
}
