package io.voicerouting.routing;

import io.voicerouting.cache.Lookup;
import io.voicerouting.organization.SipDomainView;
import java.util.Objects;

/**
 * Decides about a call to an extension that names no organization: finds the organization of the
 * SIP domain, and decides by its rules.
 */
final class DomainProcess {

  private final RoutingDirectory directory;
  private final DecisionRequest request;
  private final DecisionRecorder recorder;
  private final String domain;

  DomainProcess(RoutingDirectory directory, DecisionRequest request) {
    this.directory = directory;
    this.request = request;
    this.recorder = new DecisionRecorder(request);
    this.domain = Objects.requireNonNull(request.sipDomain());
  }

  DecisionResult decide() {
    recorder.addStep("sip_domain:" + domain);
    return switch (recorder.record(directory.getSipDomain(domain))) {
      case Lookup.Found<SipDomainView> found -> decide(found.value().organizationId());
      case Lookup.Absent<SipDomainView> absent ->
          recorder.reject(DecisionReason.ORGANIZATION_NOT_FOUND);
      case Lookup.Unavailable<SipDomainView> unavailable -> recorder.reportUnavailable(unavailable);
    };
  }

  private DecisionResult decide(long organizationId) {
    recorder.setOrganization(organizationId);
    directory.prefetch(LikelyLookups.of(request, organizationId));
    return new DecisionProcess(directory, request, recorder, organizationId, null).decide();
  }
}
