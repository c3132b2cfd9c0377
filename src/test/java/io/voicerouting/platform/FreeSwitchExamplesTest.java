package io.voicerouting.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The files in {@code examples/freeswitch}, without FreeSWITCH. */
class FreeSwitchExamplesTest {

  private static final String XML_CURL = "xml_curl.conf.xml";

  private final FreeSwitchAdapter adapter =
      new FreeSwitchAdapter(
          Questions.settings(FreeSwitchProperties.PREFIX, FreeSwitchProperties.class, Map.of()));

  @ParameterizedTest
  @CsvSource({XML_CURL + ", configuration", "99_voice_routing_fallback.xml, include"})
  void fileIsWellFormed(String file, String root) throws Exception {
    assertThat(read(file).getDocumentElement().getTagName()).isEqualTo(root);
  }

  /** FreeSWITCH always sends the section. */
  @Test
  void postedVariablesAreThoseThatAreRead() throws Exception {
    List<String> posted = params("enable-post-var");
    posted.add("section");

    assertThat(posted)
        .containsExactlyInAnyOrderElementsOf(
            adapter.describe().call().fields().stream()
                .map(PlatformDescription.Field::name)
                .toList());
  }

  @Test
  void adapterIsAskedForDialplansWithATimeLimit() throws Exception {
    assertThat(params("gateway-url"))
        .singleElement()
        .asString()
        .matches("http://[^/]+/api/v1/organizations/1/routing/freeswitch\\?direction=inbound");
    assertThat(params("timeout")).containsExactly("2");
    assertThat(params("gateway-credentials")).singleElement().asString().contains(":");
    NodeList params = read(XML_CURL).getElementsByTagName("param");
    assertThat(((Element) params.item(0)).getAttribute("bindings")).isEqualTo("dialplan");
  }

  /** The values of the parameters with this name. */
  private static List<String> params(String name)
      throws IOException, ParserConfigurationException, SAXException {
    List<String> values = new ArrayList<>();
    NodeList params = read(XML_CURL).getElementsByTagName("param");
    for (int i = 0; i < params.getLength(); i++) {
      Element param = (Element) params.item(i);
      if (param.getAttribute("name").equals(name)) {
        values.add(param.getAttribute("value"));
      }
    }
    return values;
  }

  private static Document read(String file)
      throws IOException, ParserConfigurationException, SAXException {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(Path.of("examples/freeswitch", file).toFile());
  }
}
