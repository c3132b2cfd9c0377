package io.voicerouting.organization;

import io.voicerouting.cache.EvictionListener;
import io.voicerouting.common.CallOverride;
import io.voicerouting.common.VersionedEntity;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.util.List;
import lombok.Getter;
import lombok.Setter;
import org.jspecify.annotations.Nullable;

/** A row of {@code organizations}. */
@Entity
@Table(name = "organizations")
@EntityListeners(EvictionListener.class)
@Getter
@Setter
@SuppressWarnings("NullAway.Init") // set by Hibernate, or by the code that creates a row
class Organization extends VersionedEntity {

  private String name;

  private String timezone;

  @Enumerated(EnumType.STRING)
  private OrganizationStatus status;

  private @Nullable String sipDomain;

  /** Converts the row to the form in which answers show it. */
  OrganizationView toView() {
    return toView(null);
  }

  /**
   * Converts the row to the form in which the cache shows it, with the overrides that it carries.
   */
  OrganizationView toView(@Nullable List<CallOverride> overrides) {
    return new OrganizationView(
        getId(),
        getVersion(),
        getCreatedAt(),
        getUpdatedAt(),
        name,
        timezone,
        status,
        sipDomain,
        overrides);
  }
}
