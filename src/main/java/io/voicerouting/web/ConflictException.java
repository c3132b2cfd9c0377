package io.voicerouting.web;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** What the request would store cannot stand beside what is stored: 409. */
public class ConflictException extends ErrorResponseException {

  private static final long serialVersionUID = 1L;

  /**
   * Names the conflict.
   *
   * @param slug stable name of the problem, such as {@code duplicate-extension-number}
   * @param detail one sentence for people
   */
  public ConflictException(String slug, String detail) {
    super(HttpStatus.CONFLICT, Problems.of(HttpStatus.CONFLICT, slug, detail), null);
  }
}
