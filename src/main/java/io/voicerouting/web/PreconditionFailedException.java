package io.voicerouting.web;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** The document is no longer the one that {@code If-Match} names: 412. */
public class PreconditionFailedException extends ErrorResponseException {

  private static final long serialVersionUID = 1L;

  /** Says so. */
  public PreconditionFailedException() {
    super(
        HttpStatus.PRECONDITION_FAILED,
        Problems.of(
            HttpStatus.PRECONDITION_FAILED,
            "precondition-failed",
            "The document has changed since the entity tag in If-Match was given."),
        null);
  }
}
