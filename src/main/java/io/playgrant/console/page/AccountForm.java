package io.playgrant.console.page;

import io.playgrant.account.Account;
import io.playgrant.account.AccountChange;
import io.playgrant.account.AddressRange;
import io.playgrant.account.Credits;
import io.playgrant.account.Environment;
import io.playgrant.account.Limit;
import io.playgrant.account.NewAccount;
import io.playgrant.account.Profile;
import io.playgrant.console.http.FormFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of the form that creates or changes an account, with their errors. The command line has the same rules. */
final class AccountForm {

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_NETWORKS = 4_000;
    private static final int HIGHEST_RATE = 1_000_000;
    private static final String NAME = "name";
    private static final String NETWORKS = "networks";
    private static final String CREDITS = "credits";
    private static final String RATE = "rate";

    private final String name;
    private final String profile;
    private final String networks;
    private final String credits;
    private final String rate;
    private final boolean widevine;
    private final boolean packaging;
    private final boolean packagingInTest;
    private final Map<String, String> errors = new HashMap<>(Map.of(NAME, "", NETWORKS, "", CREDITS, "", RATE, ""));

    private AccountForm(
            String name,
            String profile,
            String networks,
            String credits,
            String rate,
            boolean widevine,
            boolean packaging,
            boolean packagingInTest) {
        this.name = name;
        this.profile = profile;
        this.networks = networks;
        this.credits = credits;
        this.rate = rate;
        this.widevine = widevine;
        this.packaging = packaging;
        this.packagingInTest = packagingInTest;
    }

    /** The form of a new account. */
    static AccountForm empty() {
        return new AccountForm("", Profile.STRICT.label(), "", "any", "any", true, false, false);
    }

    /** The form of an account as it is. The credits are empty: tokens that are issued meanwhile must not be given back. */
    static AccountForm of(Account account) {
        return new AccountForm(
                account.name(),
                account.profile().label(),
                AddressRange.join(account.networks()),
                "",
                account.rate().toString(),
                account.widevine(),
                account.packaging().contains(Environment.PRODUCTION),
                account.packaging().contains(Environment.TEST));
    }

    /** The form as it was sent. */
    static AccountForm sent(FormFields fields) {
        return new AccountForm(
                text(fields, NAME),
                text(fields, "profile"),
                text(fields, NETWORKS),
                text(fields, CREDITS),
                text(fields, RATE),
                fields.get("widevine").isPresent(),
                fields.get("packaging").isPresent(),
                fields.get("packagingInTest").isPresent());
    }

    private static String text(FormFields fields, String field) {
        return fields.get(field).map(String::strip).orElse("");
    }

    /** The account to create; empty if a field is invalid, see {@link #errors}. */
    Optional<NewAccount> toCreate() {
        if (name.isBlank() || name.length() > LONGEST_NAME || name.codePoints().anyMatch(AccountForm::isForbidden)) {
            errors.put(NAME, "The name must have 1 to " + LONGEST_NAME + " characters, and no control character.");
        }
        List<AddressRange> ranges = readNetworks();
        Limit most = readLimit(CREDITS, credits, 0, Credits.MOST);
        Limit perSecond = readLimit(RATE, rate, 1, HIGHEST_RATE);
        return isValid() ? Optional.of(new NewAccount(name, readProfile(), ranges, most, perSecond)) : Optional.empty();
    }

    /** The change of an account; empty if a field is invalid, see {@link #errors}. Properties that stay as they are, are left out. */
    Optional<AccountChange> toChange(Account before) {
        List<AddressRange> ranges = readNetworks();
        Limit most = credits.isEmpty() ? null : readLimit(CREDITS, credits, 0, Credits.MOST);
        Limit perSecond = readLimit(RATE, rate, 1, HIGHEST_RATE);
        if (!isValid()) {
            return Optional.empty();
        }
        Profile rules = readProfile();
        return Optional.of(new AccountChange(
                rules == before.profile() ? null : rules,
                null,
                changed(widevine, before.widevine()),
                AddressRange.join(ranges).equals(AddressRange.join(before.networks())) ? null : ranges,
                most,
                null,
                perSecond.equals(before.rate()) ? null : perSecond,
                changed(packaging, before.packaging().contains(Environment.PRODUCTION)),
                changed(packagingInTest, before.packaging().contains(Environment.TEST))));
    }

    private static @Nullable Boolean changed(boolean wanted, boolean before) {
        return wanted == before ? null : Boolean.valueOf(wanted);
    }

    private boolean isValid() {
        return errors.values().stream().allMatch(String::isEmpty);
    }

    private Profile readProfile() {
        return profile.equals(Profile.LENIENT.label()) ? Profile.LENIENT : Profile.STRICT;
    }

    /** Only an empty field allows all addresses: a typing error must not open the account. */
    private List<AddressRange> readNetworks() {
        List<AddressRange> ranges = new ArrayList<>();
        if (networks.length() > LONGEST_NETWORKS) {
            errors.put(NETWORKS, "The networks have more than " + LONGEST_NETWORKS + " characters.");
            return ranges;
        }
        for (String part : networks.isEmpty() ? new String[0] : networks.split(",", -1)) {
            AddressRange.parse(part.strip())
                    .ifPresentOrElse(
                            ranges::add,
                            () -> errors.put(
                                    NETWORKS,
                                    "“" + part.strip()
                                            + "” is not an IPv4 or IPv6 address or CIDR range; brackets, ports and zones are not allowed."));
        }
        return ranges;
    }

    private Limit readLimit(String field, String text, long least, long most) {
        if (text.equals("any")) {
            return Limit.NONE;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return Limit.of(number);
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        errors.put(field, "Enter a number from " + least + " to " + most + ", or any.");
        return Limit.NONE;
    }

    /** A control character, or an unpaired surrogate, which not every database can store. */
    private static boolean isForbidden(int character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
    }

    /** As the template reads it. */
    Map<String, Object> model() {
        Map<String, Object> model = new HashMap<>();
        model.put(NAME, name);
        model.put("strict", !profile.equals(Profile.LENIENT.label()));
        model.put(NETWORKS, networks);
        model.put(CREDITS, credits);
        model.put(RATE, rate);
        model.put("widevine", widevine);
        model.put("packaging", packaging);
        model.put("packagingInTest", packagingInTest);
        model.put("error", errors);
        return model;
    }
}
