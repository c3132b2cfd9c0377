package io.voicerouting.routing;

/** Decides what to do with calls. Thread-safe and stateless. */
public final class DecisionEngine {

  private final RoutingDirectory directory;

  /**
   * @param directory where the engine looks up what a decision needs
   */
  public DecisionEngine(RoutingDirectory directory) {
    this.directory = directory;
  }

  /**
   * Decides about one call. A call that cannot be routed is rejected, also if stored rows are
   * invalid; no exception is thrown for it.
   */
  public DecisionResult decide(DecisionRequest request) {
    RoutingDirectory lookups = directory.forRequest(request);
    if (request.phoneNumber() != null) {
      return new NumberProcess(lookups, request).decide();
    }
    Long organizationId = request.organizationId();
    return organizationId == null
        ? new DomainProcess(lookups, request).decide()
        : new DecisionProcess(lookups, request, new DecisionRecorder(request), organizationId, null)
            .decide();
  }
}
