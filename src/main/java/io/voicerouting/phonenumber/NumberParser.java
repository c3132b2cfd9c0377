package io.voicerouting.phonenumber;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads phone numbers in the forms that people write. Not used by calls. */
@Component
class NumberParser {

  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{0,14}");

  private static final Pattern PUNCTUATION = Pattern.compile("[\\s./-]");

  private static final int LONGEST = 250;

  private final PhoneNumberUtil library = PhoneNumberUtil.getInstance();
  private final @Nullable String region;

  NumberParser(NumberProperties properties) {
    this.region = properties.defaultRegion();
  }

  /** Reads a number, or its first digits. */
  WrittenNumber parse(String text) {
    if (text.length() > LONGEST) {
      return new WrittenNumber(text, null, false);
    }
    String digits = PUNCTUATION.matcher(text).replaceAll("");
    return E164.matcher(digits).matches()
        ? new WrittenNumber(text, digits, true)
        : parseOtherForm(text);
  }

  private WrittenNumber parseOtherForm(String text) {
    Phonenumber.PhoneNumber parsed;
    try {
      parsed = library.parse(text, region);
    } catch (NumberParseException e) {
      return new WrittenNumber(text, null, false);
    }
    String number = library.format(parsed, PhoneNumberFormat.E164);
    boolean valid = E164.matcher(number).matches() && !parsed.hasExtension();
    boolean complete = text.strip().startsWith("+") || library.isValidNumber(parsed);
    return new WrittenNumber(text, valid ? number : null, complete);
  }
}
