package io.voicerouting.routing.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.voicerouting.businesshours.BusinessHoursView;
import io.voicerouting.extension.ExtensionNumber;
import io.voicerouting.extension.ExtensionView;
import io.voicerouting.routing.RoutingCacheService;
import io.voicerouting.web.PositiveId;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Plain lookups: the documents that decisions are made from. */
@RestController
@RequestMapping("/api/v1/organizations/{org}/routing")
@Tag(name = "Routing", description = "What telephony platforms ask, for every call")
class LookupController {

  private final RoutingCacheService service;

  LookupController(RoutingCacheService service) {
    this.service = service;
  }

  @GetMapping("/extensions/{number}")
  @Operation(
      summary = "Look an extension up",
      description = "Active or not, whatever the organization's status.")
  ExtensionView extension(
      @PathVariable PositiveId org,
      @PathVariable ExtensionNumber number,
      HttpServletResponse response) {
    return LookupAnswers.value(
        service.getExtension(org.value(), number.value()),
        response,
        "extension-not-found",
        "Organization " + org + " has no extension " + number + ".");
  }

  @GetMapping("/business-hours")
  @Operation(
      summary = "Look the active schedule up",
      description = "The whole document: all seven days, and every exception.")
  BusinessHoursView businessHours(@PathVariable PositiveId org, HttpServletResponse response) {
    return LookupAnswers.value(
        service.getActiveBusinessHoursSchedule(org.value()),
        response,
        "no-active-schedule",
        "Organization " + org + " has no active business-hours schedule.");
  }
}
