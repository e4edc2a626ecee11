package io.playgrant.route.token;

import static io.playgrant.TestSecrets.secret;
import static org.apache.camel.builder.AdviceWith.adviceWith;

import io.playgrant.account.Profile;
import io.playgrant.route.FlowTestSupport;
import io.playgrant.token.Parameters;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;

/** The smallest example of a test that looks at one branch of a route, with mocks for what stands behind it. */
class StoredKeyTest extends FlowTestSupport {

    private static final String KEK = secret("30313233343536373839303132333435");

    @Test
    void kekAlone_isLookedUp() throws Exception {
        adviceWith(context, "token", route -> {
            route.weaveById("look-up-key").replace().to("mock:look-up-key");
            route.weaveById("unwrap-stored-key").remove();
            route.weaveById("mint").remove();
            route.weaveById("license-url").remove();
            route.weaveById("charge").remove();
            route.weaveById("record-token").remove();
        });
        MockEndpoint lookUp = getMockEndpoint("mock:look-up-key");
        lookUp.expectedMessageCount(1);

        Parameters parameters = new Parameters()
                .add("customerAuthenticator", newCustomer(Profile.LENIENT).production())
                .add("kid", "^film")
                .add("kek", KEK);
        template.send("direct:token", issuance(parameters)::begin);

        lookUp.assertIsSatisfied();
    }
}
