package io.voicerouting.phonenumber;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import io.voicerouting.common.FieldError;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of phone numbers.
 *
 * @param defaultRegion ISO 3166-1 alpha-2 code of the region whose national numbers requests may
 *     hold; null or empty if numbers must be international
 */
@ConfigurationProperties("routing.numbers")
record NumberProperties(@Nullable String defaultRegion) {

  /**
   * Validates the region.
   *
   * @throws IllegalArgumentException if it is unknown
   */
  NumberProperties {
    defaultRegion = "".equals(defaultRegion) ? null : defaultRegion;
    if (defaultRegion != null
        && !PhoneNumberUtil.getInstance().getSupportedRegions().contains(defaultRegion)) {
      throw new IllegalArgumentException(
          "routing.numbers.default-region: "
              + FieldError.describe(defaultRegion, "ISO 3166-1 alpha-2 code, such as DE"));
    }
  }
}
