package io.voicerouting.platform;

import io.voicerouting.routing.RejectCause;

/**
 * A dialplan document with one extension. It is one line without an XML declaration: FreeSWITCH
 * drops every line that contains a processing instruction or a directive of its own.
 */
final class FreeSwitchDocument {

  static final String TEXT_XML = "text/xml";

  /** Makes FreeSWITCH try its next binding, and finally its static dialplan. */
  static final PlatformAnswer NOT_FOUND =
      PlatformAnswer.ok(
          TEXT_XML,
          "<document type=\"freeswitch/xml\"><section name=\"result\">"
              + "<result status=\"not found\"/></section></document>");

  private static final String START =
      "<document type=\"freeswitch/xml\"><section name=\"dialplan\"><context name=\"";

  private static final String EXTENSION = "\"><extension name=\"voice-routing\"><condition>";

  private static final String END = "</condition></extension></context></section></document>";

  private static final int USUAL_LENGTH = 512;

  private final StringBuilder text = new StringBuilder(USUAL_LENGTH).append(START);

  /**
   * Starts a document.
   *
   * @param context its name, see {@link #isName}
   */
  FreeSwitchDocument(String context) {
    text.append(context).append(EXTENSION);
  }

  /** Whether the text can be the name of a context in the document. */
  static boolean isName(String text) {
    return InsertedValues.isSafe(text, "") && isData(text);
  }

  /**
   * Whether the data keeps the document together: no directive, whatever its case, and no separator
   * of dial strings.
   */
  static boolean isData(String text) {
    for (int i = 0; i < text.length(); i++) {
      boolean separates =
          switch (text.charAt(i)) {
            case '<' -> isAt(text, i, "<?") || isAt(text, i, "<include");
            case 'x', 'X' -> isAt(text, i, "x-pre-process");
            case ':' -> isAt(text, i, ":_:");
            default -> false;
          };
      if (separates) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAt(String text, int index, String part) {
    return text.regionMatches(true, index, part, 0, part.length());
  }

  /**
   * Adds a dialplan application.
   *
   * @param data empty if it takes none
   */
  void add(String application, String data) {
    text.append("<action application=\"").append(application);
    if (!data.isEmpty()) {
      text.append("\" data=\"").append(XmlText.attribute(data));
    }
    text.append("\"/>");
  }

  void set(String assignment) {
    add("set", assignment);
  }

  /**
   * Bridges the call.
   *
   * @param last whether an answered call ends with the bridge
   * @param followed whether further actions follow if the bridge fails
   */
  void bridge(String dialString, boolean last, boolean followed) {
    if (last) {
      set("hangup_after_bridge=true");
    }
    if (followed) {
      set("continue_on_fail=true");
    }
    add("bridge", dialString);
  }

  void voicemail(String data) {
    add("answer", "");
    add("voicemail", data);
  }

  void hangUp(RejectCause cause) {
    add(
        "hangup",
        switch (cause) {
          case NOT_FOUND -> "UNALLOCATED_NUMBER"; // 404
          case UNAVAILABLE -> "SUBSCRIBER_ABSENT"; // 480
          case FORWARD_LOOP -> "EXCHANGE_ROUTING_ERROR";
        });
  }

  /** Ends the document. */
  PlatformAnswer toAnswer() {
    return PlatformAnswer.ok(TEXT_XML, text.append(END).toString());
  }
}
