package io.voicerouting.bench.baseline;

import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.businesshours.EntitySchedules;
import io.voicerouting.cache.LoadedDocument;
import io.voicerouting.extension.ExtensionResource;
import io.voicerouting.extension.ExtensionView;
import io.voicerouting.organization.OrganizationResource;
import io.voicerouting.organization.OrganizationView;
import jakarta.persistence.EntityManagerFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Plain JPA: every lookup queries PostgreSQL in a read-only transaction of its own. */
final class JpaLookups implements Lookups {

  private final TransactionTemplate transaction;
  private final OrganizationResource organizations;
  private final ExtensionResource extensions;
  private final EntitySchedules schedules;

  JpaLookups(
      EntityManagerFactory entityManagers,
      OrganizationResource organizations,
      ExtensionResource extensions,
      EntitySchedules schedules) {
    this.transaction = new TransactionTemplate(new JpaTransactionManager(entityManagers));
    this.transaction.setReadOnly(true);
    this.organizations = organizations;
    this.extensions = extensions;
    this.schedules = schedules;
  }

  @Override
  public @Nullable OrganizationView organization(long organizationId) {
    return inTransaction(() -> valueOf(organizations.load(organizationId, null)));
  }

  @Override
  public @Nullable ExtensionView extension(long organizationId, String extensionNumber) {
    return inTransaction(() -> valueOf(extensions.load(organizationId, extensionNumber)));
  }

  @Override
  public @Nullable ActiveSchedule schedule(long organizationId) {
    return inTransaction(() -> schedules.load(organizationId));
  }

  private static <V> @Nullable V valueOf(@Nullable LoadedDocument<V> document) {
    return document == null ? null : document.value();
  }

  private <V> @Nullable V inTransaction(Supplier<@Nullable V> load) {
    return transaction.execute(status -> load.get());
  }
}
