package io.voicerouting.extension;

import io.voicerouting.cache.EvictionListener;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
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
import java.util.Map;
import lombok.Getter;
import lombok.Setter;
import org.hibernate.annotations.Generated;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.generator.EventType;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of {@code extensions}. */
@Entity
@Table(name = "extensions")
@EntityListeners(EvictionListener.class)
@Getter
@Setter
@SuppressWarnings("NullAway.Init") // set by Hibernate, or by the code that creates a row
class Extension {

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

  @Column(updatable = false)
  private long organizationId;

  private String extensionNumber;

  @Enumerated(EnumType.STRING)
  private ExtensionType type;

  @Enumerated(EnumType.STRING)
  private ExtensionStatus status;

  private @Nullable String displayName;

  private boolean voicemailEnabled;

  private boolean doNotDisturb;

  private boolean forwardEnabled;

  @Convert(converter = ConfigurationConverter.class)
  @JdbcTypeCode(SqlTypes.JSON)
  private @Nullable Map<String, @Nullable Object> configuration;

  /** Converts the row to the form in which answers and the cache show it. */
  ExtensionView toView() {
    return new ExtensionView(
        id,
        version,
        createdAt,
        updatedAt,
        organizationId,
        extensionNumber,
        type,
        status,
        displayName,
        voicemailEnabled,
        doNotDisturb,
        forwardEnabled,
        configuration);
  }
}
