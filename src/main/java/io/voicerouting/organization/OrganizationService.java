package io.voicerouting.organization;

import io.voicerouting.audit.AuditLog;
import io.voicerouting.common.CurrentClient;
import io.voicerouting.common.PageQuery;
import io.voicerouting.common.PageView;
import io.voicerouting.common.Precondition;
import io.voicerouting.common.SearchText;
import io.voicerouting.common.UniqueConstraint;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads and changes organizations, in one transaction per call. */
@Service
@Transactional
public class OrganizationService {

  private static final Set<String> SORTABLE =
      Set.of("name", "timezone", "status", "created_at", "updated_at");

  private static final UniqueConstraint SIP_DOMAIN_UNIQUE =
      new UniqueConstraint("organizations_sip_domain_unique", "sip-domain-taken");

  private final OrganizationRepository organizations;
  private final CurrentClient clients;
  private final AuditLog audit;

  OrganizationService(OrganizationRepository organizations, CurrentClient clients, AuditLog audit) {
    this.organizations = organizations;
    this.clients = clients;
    this.audit = audit;
  }

  /** Lists organizations; for a client of one organization, only its own. */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public PageView<OrganizationView> list(
      PageQuery page, @Nullable OrganizationStatus status, @Nullable SearchText text) {
    return PageView.of(
        organizations
            .search(
                clients.organizationId(),
                status,
                SearchText.likePattern(text),
                page.toPageable(SORTABLE))
            .map(Organization::toView));
  }

  @Transactional(readOnly = true)
  OrganizationView get(long id) {
    return organizations
        .findById(id)
        .map(Organization::toView)
        .orElseThrow(() -> OrganizationDirectory.notFound(id));
  }

  OrganizationView create(OrganizationBody body) {
    return audit.recordCreate(
        OrganizationResource.NAME, OrganizationView::id, () -> save(new Organization(), body));
  }

  /** Replaces an organization with what {@code change} makes of the stored document. */
  OrganizationView replace(
      long id,
      Function<? super OrganizationView, OrganizationBody> change,
      Precondition condition) {
    Organization organization = lock(id, condition);
    OrganizationView before = organization.toView();
    OrganizationBody body = change.apply(before);
    return audit.recordUpdate(
        OrganizationResource.NAME, id, before, () -> save(organization, body));
  }

  void delete(long id, Precondition precondition) {
    Organization organization = lock(id, precondition);
    audit.recordDelete(
        OrganizationResource.NAME,
        id,
        organization.toView(),
        () -> organizations.delete(organization));
  }

  private OrganizationView save(Organization organization, OrganizationBody body) {
    body.applyTo(organization);
    return SIP_DOMAIN_UNIQUE.check(
        () -> organizations.saveAndFlush(organization).toView(),
        () -> "The SIP domain " + organization.getSipDomain() + " is taken.");
  }

  /**
   * Locks until the commit, so that the document cannot change after the precondition was checked.
   */
  private Organization lock(long id, Precondition precondition) {
    Organization organization =
        organizations.lock(id).orElseThrow(() -> OrganizationDirectory.notFound(id));
    precondition.check(organization.toView());
    return organization;
  }
}
