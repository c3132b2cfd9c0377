package io.voicerouting.common;

/** A condition that a stored document must meet before a request may change it. */
@FunctionalInterface
public interface Precondition {

  /** Holds for every document. */
  Precondition NONE = document -> {};

  /**
   * Checks the stored document.
   *
   * @param document as answers show it, read under a lock that lasts until the change is committed
   * @throws PreconditionFailedException when the request must not change this document
   */
  void check(Object document);
}
