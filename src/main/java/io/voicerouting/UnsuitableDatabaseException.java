package io.voicerouting;

/** The database cannot hold the service's tables. */
class UnsuitableDatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String action;

  /**
   * @param description what is wrong, in one sentence
   * @param action what the operator can do
   */
  UnsuitableDatabaseException(String description, String action) {
    super(description);
    this.action = action;
  }

  String action() {
    return action;
  }
}
