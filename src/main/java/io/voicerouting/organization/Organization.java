package io.voicerouting.organization;

import io.voicerouting.cache.EvictionListener;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import lombok.Getter;
import lombok.Setter;
import org.hibernate.annotations.Generated;
import org.hibernate.generator.EventType;
import org.jspecify.annotations.Nullable;

/** A row of {@code organizations}. */
@Entity
@Table(name = "organizations")
@EntityListeners(EvictionListener.class)
@Getter
@Setter
@SuppressWarnings("NullAway.Init") // set by Hibernate, or by the code that creates a row
class Organization {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private long id;

  @Version private long version;

  @Generated(event = EventType.INSERT)
  @Column(insertable = false, updatable = false)
  private Instant createdAt;

  @Generated(event = {EventType.INSERT, EventType.UPDATE})
  @Column(insertable = false, updatable = false)
  private Instant updatedAt;

  private String name;

  private String timezone;

  @Enumerated(EnumType.STRING)
  private OrganizationStatus status;

  private @Nullable String sipDomain;

  /** Converts the row to the form in which answers and the cache show it. */
  OrganizationView toView() {
    return new OrganizationView(
        id, version, createdAt, updatedAt, name, timezone, status, sipDomain);
  }
}
