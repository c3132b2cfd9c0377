package io.voicerouting.organization;

import io.voicerouting.common.PageQuery;
import io.voicerouting.common.PageView;
import io.voicerouting.common.SearchText;
import io.voicerouting.web.EntityTags;
import io.voicerouting.web.IfMatch;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads and changes organizations, one transaction a call. */
@Service
@Transactional
class OrganizationService {

  private static final Sort BY_ID = Sort.by("id");

  private final OrganizationRepository organizations;
  private final EntityTags tags;

  OrganizationService(OrganizationRepository organizations, EntityTags tags) {
    this.organizations = organizations;
    this.tags = tags;
  }

  @Transactional(readOnly = true)
  PageView<OrganizationView> list(
      PageQuery page, @Nullable OrganizationStatus status, @Nullable SearchText text) {
    String pattern = text == null ? null : text.likePattern();
    return PageView.of(
        organizations.search(status, pattern, page.toPageable(BY_ID)).map(Organization::view));
  }

  @Transactional(readOnly = true)
  OrganizationView get(long id) {
    return organizations
        .findById(id)
        .map(Organization::view)
        .orElseThrow(() -> OrganizationDirectory.notFound(id));
  }

  OrganizationView create(OrganizationBody body) {
    Organization organization = new Organization();
    body.applyTo(organization);
    return organizations.saveAndFlush(organization).view();
  }

  OrganizationView replace(long id, OrganizationBody body, IfMatch ifMatch) {
    Organization organization = lock(id, ifMatch);
    body.applyTo(organization);
    return organizations.saveAndFlush(organization).view();
  }

  void delete(long id, IfMatch ifMatch) {
    organizations.delete(lock(id, ifMatch));
  }

  /** The lock lasts until the commit, so nobody can change the document after the comparison. */
  private Organization lock(long id, IfMatch ifMatch) {
    Organization organization =
        organizations.lock(id).orElseThrow(() -> OrganizationDirectory.notFound(id));
    ifMatch.require(tags.of(organization.view()));
    return organization;
  }
}
