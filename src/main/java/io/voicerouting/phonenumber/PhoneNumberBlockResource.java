package io.voicerouting.phonenumber;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.LoadedDocument;
import io.voicerouting.cache.ResourceDefinition;
import io.voicerouting.cache.TaggedKeys;
import io.voicerouting.common.CallOverride;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** All blocks of numbers as one cached document. */
@Component
public class PhoneNumberBlockResource implements CachedResource<PhoneNumberBlocks> {

  /** Resource type in keys: {@code routing:phone_number_block:0}. */
  public static final String NAME = "phone_number_block";

  /** The only key. */
  public static final CacheKey KEY = new CacheKey(NAME, CacheKey.NO_ORGANIZATION, null);

  private static final ResourceDefinition<PhoneNumberBlocks> DEFINITION =
      new ResourceDefinition<>(
          NAME, "Phone number blocks", PhoneNumberBlocks.class, 2, Duration.ofMinutes(30));

  /** The document belongs to every organization that has a block. */
  private static final TaggedKeys TAGGED_KEYS =
      new TaggedKeys(
          "select 0::bigint as organization_id, null::text as identifier,"
              + " organization_id as owner_id from phone_numbers where match = 'prefix'");

  private final PhoneNumberRepository numbers;

  PhoneNumberBlockResource(PhoneNumberRepository numbers) {
    this.numbers = numbers;
  }

  @Override
  public ResourceDefinition<PhoneNumberBlocks> definition() {
    return DEFINITION;
  }

  /** Loads all blocks; null if there are none. */
  @Override
  public @Nullable LoadedDocument<PhoneNumberBlocks> load(
      long organizationId, @Nullable String identifier) {
    List<PhoneNumberRepository.LoadedBlock> rows = numbers.loadBlocks();
    if (rows.isEmpty()) {
      return null;
    }
    PhoneNumberBlocks blocks =
        new PhoneNumberBlocks(rows.stream().map(PhoneNumberBlockResource::block).toList());
    Instant changedAt =
        rows.stream()
            .flatMap(row -> Stream.of(row.changedAt(), row.organizationChangedAt()))
            .max(Instant::compareTo)
            .orElseThrow();
    return new LoadedDocument<>(blocks, rows.getFirst().snapshot(), changedAt);
  }

  private static PhoneNumberBlock block(PhoneNumberRepository.LoadedBlock row) {
    return new PhoneNumberBlock(
        row.block().toView(CallOverride.parse(row.overrides())),
        row.status(),
        CallOverride.parse(row.organizationOverrides()));
  }

  @Override
  public @Nullable CacheKey keyOf(long organizationId, @Nullable String identifier) {
    return identifier == null ? KEY : null;
  }

  @Override
  public List<CacheKey> keysToWarm(long organizationId) {
    return numbers.existsByOrganizationIdAndMatch(organizationId, PhoneNumberMatch.PREFIX)
        ? List.of(KEY)
        : List.of();
  }

  @Override
  public TaggedKeys taggedKeys() {
    return TAGGED_KEYS;
  }
}
