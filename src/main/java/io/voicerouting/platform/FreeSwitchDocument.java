package io.voicerouting.platform;

import io.voicerouting.routing.RejectCause;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A dialplan document with one extension. It is one line without an XML declaration: FreeSWITCH
 * drops every line that contains a processing instruction or a directive of its own.
 */
final class FreeSwitchDocument {

  static final String TEXT_XML = "text/xml";

  /** Tells FreeSWITCH to try its next binding, and at last its static dialplan. */
  static final PlatformAnswer NOT_FOUND =
      PlatformAnswer.ok(
          TEXT_XML,
          "<document type=\"freeswitch/xml\"><section name=\"result\">"
              + "<result status=\"not found\"/></section></document>");

  private static final XMLOutputFactory XML = XMLOutputFactory.newDefaultFactory();

  /** One dialplan application and its data. */
  private record Action(String application, String data) {}

  private final List<Action> actions = new ArrayList<>();

  /** Whether the text can be the name of a context in the document. */
  static boolean isName(String text) {
    return InsertedValues.isSafe(text, "") && isData(text);
  }

  /**
   * Whether the data keeps the document together: no directive, whatever its case, and no separator
   * of dial strings.
   */
  static boolean isData(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return Stream.of("<?", "<include", "x-pre-process", ":_:").noneMatch(lower::contains);
  }

  void add(String application, String data) {
    actions.add(new Action(application, data));
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

  PlatformAnswer toAnswer(String context) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XML.createXMLStreamWriter(text);
      start(xml, "document", "type", "freeswitch/xml");
      start(xml, "section", "name", "dialplan");
      start(xml, "context", "name", context);
      start(xml, "extension", "name", "voice-routing");
      xml.writeStartElement("condition");
      for (Action action : actions) {
        xml.writeEmptyElement("action");
        xml.writeAttribute("application", action.application());
        if (!action.data().isEmpty()) {
          xml.writeAttribute("data", action.data());
        }
      }
      xml.writeEndDocument(); // closes all elements
      xml.flush();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("A string takes any document", e);
    }
    return PlatformAnswer.ok(TEXT_XML, text.toString());
  }

  private static void start(XMLStreamWriter xml, String element, String attribute, String value)
      throws XMLStreamException {
    xml.writeStartElement(element);
    xml.writeAttribute(attribute, value);
  }
}
