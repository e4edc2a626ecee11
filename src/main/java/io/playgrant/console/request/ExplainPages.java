package io.playgrant.console.request;

import io.playgrant.account.AddressRange;
import io.playgrant.app.Application;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.console.http.ConsolePart;
import io.playgrant.console.http.ConsoleRoutes;
import io.playgrant.console.page.MenuItem;
import io.playgrant.console.page.PageHead;
import io.playgrant.console.page.Templates;
import io.playgrant.error.TokenException;
import io.playgrant.license.challenge.ChallengeReader;
import io.playgrant.operator.Role;
import io.playgrant.token.Claims;
import io.playgrant.token.TokenOpener;
import io.playgrant.view.PastedToken;
import io.playgrant.view.RedemptionCheck;
import io.playgrant.view.RedemptionTrial;
import io.playgrant.view.TokenExplainer;
import io.playgrant.view.TokenView;
import io.playgrant.view.story.Advice;
import io.playgrant.view.story.StorySubject;
import io.playgrant.view.story.StoryTeller;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Explains a token, or a licence URL that a customer pasted into a mail. The token arrives in the body of a form. No URL, log, audit or page
 * has it.
 */
final class ExplainPages implements ConsolePart {

    private static final String PATH = "/console/explain";

    private final Templates templates;
    private final Application application;
    private final StoryTeller teller;

    /** Explains tokens of this installation. */
    ExplainPages(Templates templates, Application application, StoryTeller teller) {
        this.templates = templates;
        this.application = application;
        this.teller = teller;
    }

    @Override
    public void addTo(ConsoleRoutes routes) {
        routes.page("GET", PATH, Role.SUPPORT, call -> page(call, new HashMap<>(), ""))
                .page(
                        "POST",
                        PATH,
                        Role.SUPPORT,
                        call -> explain(call, call.form().get("text").orElse("")));
    }

    /**
     * Explains the token in a text.
     *
     * @param call may have the player's address and licence request, and the button that asks the licence service
     */
    Answer explain(ConsoleCall call, String text) {
        TokenOpener opener = new TokenOpener(application.keyRing());
        Optional<PastedToken> pasted = PastedToken.find(text, opener);
        if (pasted.isEmpty()) {
            return page(call, new HashMap<>(), "There is no licence URL and no token in this text.");
        }
        String addressText = call.form().get("address").map(String::strip).orElse("");
        Optional<InetAddress> address = AddressRange.parseAddress(addressText);
        if (address.isEmpty() && !addressText.isEmpty()) {
            return page(call, new HashMap<>(), "The player's address must be an IPv4 or IPv6 address.");
        }
        byte[] challenge;
        try {
            challenge = challenge(call.form().get("challenge").orElse(""));
        } catch (IllegalArgumentException e) {
            return page(call, new HashMap<>(), "The licence request must be Base64.");
        }
        RedemptionTrial.Result trial = application
                .redemptionTrial(application.redemptionServices())
                .run(new RedemptionTrial.Request(
                        pasted.get().token(),
                        pasted.get().host(),
                        address,
                        challenge,
                        call.form().get("ask").isPresent()));
        return page(call, result(call, opener, pasted.get(), trial), "");
    }

    /** The bytes of a licence request; null if there is none. */
    private static byte @Nullable [] challenge(String text) {
        String digits = text.replaceAll("\\s", "");
        if (digits.isEmpty()) {
            return null;
        }
        byte[] bytes = Base64.getDecoder().decode(digits.replace('-', '+').replace('_', '/'));
        return bytes.length > ChallengeReader.LONGEST ? Arrays.copyOf(bytes, ChallengeReader.LONGEST + 1) : bytes;
    }

    private Map<String, Object> result(
            ConsoleCall call, TokenOpener opener, PastedToken pasted, RedemptionTrial.Result trial) {
        Map<String, Object> model = new HashMap<>();
        Instant now = application.clock().instant();
        TokenView view = new TokenExplainer(
                        opener, application.revocations(), application.redemptions(), application.clock())
                .explain(pasted.token(), false);
        model.put("valid", view.isValid());
        model.put("reason", view.reason());
        model.put("claims", claims(view));
        model.put("checks", trial.checks().stream().map(ExplainPages::check).toList());
        model.put("message", trial.message().orElse(""));
        try {
            Claims claims = opener.open(pasted.token());
            StorySubject subject = StorySubject.of(claims);
            model.put("story", StoryModel.of(call, subject, teller.tell(subject, trial.refusal()), now));
            model.put("unreadable", false);
        } catch (TokenException e) {
            model.put("story", false);
            model.put("unreadable", StoryModel.advice(Advice.ofUnreadable(e.reason())));
        }
        return model;
    }

    /** The claims that the token has. Content keys are masked. */
    private static List<Map<String, Object>> claims(TokenView view) {
        return view.claims().entrySet().stream()
                .filter(claim ->
                        claim.getValue() != null && !claim.getValue().toString().equals("[]"))
                .map(claim -> Map.<String, Object>of("name", claim.getKey(), "values", values(claim.getValue())))
                .toList();
    }

    private static List<String> values(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(ExplainPages::text).toList()
                : List.of(String.valueOf(value));
    }

    private static String text(@Nullable Object value) {
        return value instanceof Map<?, ?> members
                ? members.entrySet().stream().map(Object::toString).collect(Collectors.joining(" "))
                : String.valueOf(value);
    }

    private static Map<String, Object> check(RedemptionCheck check) {
        String kind = switch (check.outcome()) {
            case PASSED -> "good";
            case REFUSED -> "bad";
            case SKIPPED -> "plain";
        };
        return Map.of(
                "name", check.name(),
                "outcome", check.outcome().label(),
                "kind", kind,
                "detail", check.detail());
    }

    private Answer page(ConsoleCall call, Map<String, Object> result, String error) {
        Map<String, Object> model = new HashMap<>();
        model.put("error", error);
        model.put("result", result.isEmpty() ? false : result);
        return Answer.html(templates.page("explain", PageHead.of(call, "Explain", MenuItem.EXPLAIN), model));
    }
}
