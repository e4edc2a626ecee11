package io.playgrant.console.page;

import io.playgrant.console.http.ConsoleCall;
import io.playgrant.operator.Role;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds the body of a page.
 *
 * @param title of the page; the browser's title adds the program's name
 * @param item the item of the menu to mark
 * @param operator who is signed in; null for the page on which one signs in, which has no menu
 * @param csrf the token that forms send back
 * @param notice the outcome of the last change; null if there is none
 */
public record PageHead(
        String title,
        MenuItem item,
        @Nullable SignedIn operator,
        String csrf,
        @Nullable Notice notice) {

    /**
     * An operator who is signed in.
     *
     * @param name the operator's name
     * @param role the name of the operator's role
     * @param admin whether the menu has the pages of administrators
     */
    public record SignedIn(String name, String role, boolean admin) {}

    /** The head of a page for the operator who sent a call, with the notice that its query names. */
    public static PageHead of(ConsoleCall call, String title, MenuItem item) {
        SignedIn signedIn =
                new SignedIn(call.operator().name(), call.operator().role().label(), call.mayDo(Role.ADMIN));
        Notice notice = call.query(Flash.PARAMETER).flatMap(Flash::notice).orElse(null);
        return new PageHead(title, item, signedIn, call.csrfToken(), notice);
    }

    /** The head of a page for one who is not signed in. */
    public static PageHead signedOut(String title, String csrf) {
        return new PageHead(title, MenuItem.NONE, null, csrf, null);
    }

    /** With a notice, or without one. */
    public PageHead with(@Nullable Notice shown) {
        return new PageHead(title, item, operator, csrf, shown);
    }

    /** As the layout reads it. */
    Map<String, Object> model(Map<String, String> assets, String version) {
        Map<String, Object> head = new HashMap<>();
        head.put("title", title);
        head.put("menu", item.marked());
        head.put("operator", operator);
        head.put("admin", operator != null && operator.admin());
        head.put(
                "support",
                operator != null
                        && Role.of(operator.role())
                                .filter(role -> role.includes(Role.SUPPORT))
                                .isPresent());
        head.put("csrf", csrf);
        head.put("notice", notice);
        head.put("asset", assets);
        head.put("version", version);
        return head;
    }
}
