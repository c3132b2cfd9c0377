package io.voicerouting.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

/** Values of attributes as they stand in a document. */
class XmlTextTest {

  @ParameterizedTest
  @CsvSource({
    "user/1001@${domain_name}, user/1001@${domain_name}",
    "a&b, a&amp;b",
    "&amp;, &amp;amp;",
    "<>, &lt;&gt;",
  })
  void onlyWhatNeedsItIsEscaped(String value, String written) {
    assertThat(XmlText.attribute(value)).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a'b", "\"", "<a b=\"c\"/>", "&&&", "a&lt;b", "Zoë 漢 😀", "]]>", ">"})
  void parserReadsTheSameValue(String value) throws Exception {
    String document = "<a b=\"" + XmlText.attribute(value) + "\"/>";

    assertThat(
            DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(document)))
                .getDocumentElement()
                .getAttribute("b"))
        .isEqualTo(value);
  }
}
