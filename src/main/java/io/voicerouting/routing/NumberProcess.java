package io.voicerouting.routing;

import io.voicerouting.cache.Lookup;
import io.voicerouting.common.CallOverride;
import io.voicerouting.organization.OrganizationStatus;
import io.voicerouting.phonenumber.PhoneNumberBlock;
import io.voicerouting.phonenumber.PhoneNumberBlocks;
import io.voicerouting.phonenumber.PhoneNumberStatus;
import io.voicerouting.phonenumber.PhoneNumberView;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides about a call to a phone number: finds the number, or else the longest block that it
 * belongs to, and decides by the rules of its organization.
 */
final class NumberProcess {

  private final RoutingDirectory directory;
  private final DecisionRequest request;
  private final DecisionRecorder recorder;
  private final String dialled;

  NumberProcess(RoutingDirectory directory, DecisionRequest request) {
    this.directory = directory;
    this.request = request;
    this.recorder = new DecisionRecorder(request);
    this.dialled = Objects.requireNonNull(request.phoneNumber());
  }

  DecisionResult decide() {
    recorder.addStep("number:" + dialled);
    return switch (recorder.record(directory.getPhoneNumber(dialled))) {
      case Lookup.Found<PhoneNumberView> found -> decide(found.value(), null, null);
      case Lookup.Absent<PhoneNumberView> absent -> decideByBlock();
      case Lookup.Unavailable<PhoneNumberView> unavailable ->
          recorder.reportUnavailable(unavailable);
    };
  }

  private DecisionResult decideByBlock() {
    return switch (recorder.record(directory.getPhoneNumberBlocks())) {
      case Lookup.Found<PhoneNumberBlocks> found -> {
        PhoneNumberBlock block = found.value().find(dialled);
        // A block does not apply to a number that another organization owns.
        yield block == null || directory.isHidden(dialled)
            ? recorder.reject(DecisionReason.NUMBER_NOT_FOUND)
            : decide(block.block(), block.organizationStatus(), block.organizationOverrides());
      }
      case Lookup.Absent<PhoneNumberBlocks> absent ->
          recorder.reject(DecisionReason.NUMBER_NOT_FOUND);
      case Lookup.Unavailable<PhoneNumberBlocks> unavailable ->
          recorder.reportUnavailable(unavailable);
    };
  }

  /**
   * Decides by the number or block.
   *
   * @param status of its organization; null if it must be looked up
   * @param overrides of its organization; null if it must be looked up
   */
  private DecisionResult decide(
      PhoneNumberView number,
      @Nullable OrganizationStatus status,
      @Nullable List<CallOverride> overrides) {
    Long expected = request.organizationId();
    if ((expected != null && expected != number.organizationId())
        || !directory.isVisible(number.organizationId())) { // a block of another organization
      return recorder.reject(DecisionReason.NUMBER_NOT_FOUND);
    }
    recorder.setOrganization(number.organizationId());
    if (!number.number().equals(dialled)) {
      recorder.addStep("block:" + number.number());
    }
    if (number.status() == PhoneNumberStatus.INACTIVE) {
      return recorder.reject(DecisionReason.NUMBER_INACTIVE);
    }
    NumberRules rules = NumberRules.of(number, Caller.of(request.from()));
    directory.prefetch(rules.likelyLookups(status == null));
    DecisionProcess process =
        new DecisionProcess(directory, request, recorder, number.organizationId(), rules);
    return status == null ? process.decide() : process.decide(status, overrides);
  }
}
