package io.voicerouting.phonenumber;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.LoadedDocument;
import io.voicerouting.cache.ResourceDefinition;
import io.voicerouting.cache.TaggedKeys;
import io.voicerouting.common.CallOverride;
import io.voicerouting.common.E164Number;
import io.voicerouting.common.PhoneTargets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A phone number as a cached resource, identified by its digits. A lookup finds the organization,
 * so its key has {@link CacheKey#NO_ORGANIZATION}.
 */
@Component
public class PhoneNumberResource implements CachedResource<PhoneNumberView> {

  /** Resource type in keys: {@code routing:phone_number:0:<digits>}. */
  public static final String NAME = "phone_number";

  private static final ResourceDefinition<PhoneNumberView> DEFINITION =
      new ResourceDefinition<>(
          NAME, "Phone number", PhoneNumberView.class, 2, Duration.ofMinutes(30));

  private static final TaggedKeys TAGGED_KEYS =
      new TaggedKeys(
          "select 0::bigint as organization_id, substr(number, 2) as identifier,"
              + " organization_id as owner_id from phone_numbers where match = 'exact'");

  private final PhoneNumberRepository numbers;

  PhoneNumberResource(PhoneNumberRepository numbers) {
    this.numbers = numbers;
  }

  /**
   * The key of a number's document.
   *
   * @param number E.164 with its plus sign
   */
  public static CacheKey key(String number) {
    return new CacheKey(NAME, CacheKey.NO_ORGANIZATION, number.substring(1));
  }

  @Override
  public ResourceDefinition<PhoneNumberView> definition() {
    return DEFINITION;
  }

  @Override
  public @Nullable LoadedDocument<PhoneNumberView> load(
      long organizationId, @Nullable String identifier) {
    if (identifier == null) {
      throw new IllegalArgumentException("identifier: null (expected: the digits of a number)");
    }
    return numbers
        .load("+" + identifier)
        .map(
            row ->
                new LoadedDocument<>(
                    row.number().toView(CallOverride.parse(row.overrides())),
                    row.snapshot(),
                    row.changedAt()))
        .orElse(null);
  }

  /** The organization that the number belongs to. */
  @Override
  public long owner(CacheKey key, PhoneNumberView document) {
    return document.organizationId();
  }

  @Override
  public @Nullable CacheKey keyOf(long organizationId, @Nullable String identifier) {
    return identifier == null ? null : key(E164Number.of(identifier).value());
  }

  /** The identifier in a key lacks the plus sign. */
  @Override
  public boolean isKey(long organizationId, CacheKey key) {
    String digits = key.identifier();
    return digits != null && PhoneTargets.isE164("+" + digits) && key.equals(key("+" + digits));
  }

  @Override
  public List<CacheKey> keysToWarm(long organizationId) {
    return numbers.findActiveNumbers(organizationId).stream()
        .map(PhoneNumberResource::key)
        .toList();
  }

  @Override
  public TaggedKeys taggedKeys() {
    return TAGGED_KEYS;
  }
}
