package io.voicerouting.platform;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes texts into XML. */
final class XmlText {

  private static final XMLOutputFactory XML = XMLOutputFactory.newDefaultFactory();

  private static final String START = "<a a=\"";
  private static final String END = "\">";

  private XmlText() {}

  /**
   * Returns the value of an attribute as it is written between quotation marks. Most values need no
   * escaping. The writer of the JDK escapes the others; creating one takes longer than a decision.
   */
  static String attribute(String value) {
    return isPlain(value) ? value : escape(value);
  }

  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      char character = value.charAt(i);
      if (character < ' '
          || character > '~'
          || character == '<'
          || character == '>'
          || character == '&'
          || character == '"') {
        return false;
      }
    }
    return true;
  }

  private static String escape(String value) {
    StringWriter written = new StringWriter();
    try {
      XMLStreamWriter xml = XML.createXMLStreamWriter(written);
      xml.writeStartElement("a");
      xml.writeAttribute("a", value);
      xml.writeCharacters(""); // ends the tag
      xml.flush();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("A string takes any text", e);
    }
    String tag = written.toString();
    return tag.substring(START.length(), tag.length() - END.length());
  }
}
