package io.voicerouting.web;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** What the request is about does not exist: 404. */
public class NotFoundException extends ErrorResponseException {

  private static final long serialVersionUID = 1L;

  /**
   * Names what is missing.
   *
   * @param slug stable name of the problem, such as {@code extension-not-found}
   * @param detail one sentence for people
   */
  public NotFoundException(String slug, String detail) {
    super(HttpStatus.NOT_FOUND, Problems.of(HttpStatus.NOT_FOUND, slug, detail), null);
  }
}
