package io.voicerouting.routing;

/** Decides what to do with calls. Thread-safe and free of state. */
public final class DecisionEngine {

  private final RoutingDirectory directory;

  /**
   * Decides by what a directory says.
   *
   * @param directory asked for what a decision needs, and for nothing else
   */
  public DecisionEngine(RoutingDirectory directory) {
    this.directory = directory;
  }

  /**
   * Decides about one call. A call that can go nowhere, rows that make no sense included, is
   * rejected; nothing is thrown for it.
   */
  public DecisionResult decide(DecisionRequest request) {
    return directory.asOne(request, () -> new DecisionProcess(directory, request).decide());
  }
}
