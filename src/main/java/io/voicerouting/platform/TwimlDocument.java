package io.voicerouting.platform;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/** Writes TwiML documents. */
final class TwimlDocument {

  private static final XMLOutputFactory XML = XMLOutputFactory.newDefaultFactory();

  /** The call is rejected, and the caller hears that the number is not in service. */
  static final PlatformAnswer REJECT = answer(xml -> xml.writeEmptyElement("Reject"));

  /** The call is rejected, and the caller hears that the line is busy. */
  static final PlatformAnswer BUSY =
      answer(
          xml -> {
            xml.writeEmptyElement("Reject");
            xml.writeAttribute("reason", "busy");
          });

  /** The call ends. */
  static final PlatformAnswer HANG_UP = answer(xml -> xml.writeEmptyElement("Hangup"));

  @FunctionalInterface
  private interface Content {

    void write(XMLStreamWriter xml) throws XMLStreamException;
  }

  private TwimlDocument() {}

  /** Performs a verb. */
  static PlatformAnswer verb(TwimlElement verb) {
    return answer(xml -> write(xml, verb));
  }

  /**
   * Dials.
   *
   * @param timeoutSeconds null for the platform's own
   * @param action where the platform requests the next action; null if nothing follows
   */
  static PlatformAnswer dial(
      TwimlElement noun, @Nullable Integer timeoutSeconds, @Nullable String action) {
    return answer(
        xml -> {
          xml.writeStartElement("Dial");
          if (timeoutSeconds != null) {
            xml.writeAttribute("timeout", timeoutSeconds.toString());
          }
          xml.writeAttribute("answerOnBridge", "true");
          if (action != null) {
            xml.writeAttribute("action", action);
          }
          write(xml, noun);
        });
  }

  /** Joins a conference, which answers the call. */
  static PlatformAnswer join(TwimlElement conference) {
    return answer(
        xml -> {
          xml.writeStartElement("Dial");
          write(xml, conference);
        });
  }

  private static void write(XMLStreamWriter xml, TwimlElement element) throws XMLStreamException {
    xml.writeStartElement(element.name());
    for (var attribute : element.attributes().entrySet()) {
      xml.writeAttribute(attribute.getKey(), attribute.getValue());
    }
    xml.writeCharacters(element.text());
    xml.writeEndElement();
  }

  private static PlatformAnswer answer(Content content) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XML.createXMLStreamWriter(text);
      xml.writeStartElement("Response");
      content.write(xml);
      xml.writeEndDocument(); // closes all elements
      xml.flush();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("A string takes any document", e);
    }
    return PlatformAnswer.ok(MediaType.APPLICATION_XML_VALUE, text.toString());
  }
}
