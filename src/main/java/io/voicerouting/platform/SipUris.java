package io.voicerouting.platform;

import java.util.List;

/** What the adapters of SIP proxies share: the request, and the form of values in a URI. */
final class SipUris {

  /** Values in the user part of a URI, where RFC 3261 does not allow these characters. */
  static final InsertedValues RULES =
      new InsertedValues(
          ";=?%[]", value -> value.replace("#", "%23").replace("@", "%40").replace(":", "%3A"));

  /** The fields that are read, for the API document. */
  static final List<PlatformDescription.Field> DESCRIBED =
      List.of(
          new PlatformDescription.Field(
              "to", "Dialled number, or a URI whose user part it is", "sip:1001@acme.example"),
          new PlatformDescription.Field("from", "The caller, in any form", "+15550100"));

  private static final FormFields FIELDS = new FormFields("to", "from");

  private SipUris() {}

  /** Reads a call from the fields {@code to} and {@code from} of a query or form. */
  static PlatformReading read(PlatformRequest request, PlatformReading.Renderer renderer) {
    FieldValues fields = request.find(FIELDS);
    return PlatformReading.of(request.toCall(fields.get("to"), fields.get("from"), null), renderer);
  }
}
