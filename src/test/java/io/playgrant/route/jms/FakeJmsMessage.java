package io.playgrant.route.jms;

import jakarta.jms.Destination;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message as a broker would deliver it, without one. */
final class FakeJmsMessage {

    private final Map<String, Object> answers = new HashMap<>();
    private final Class<? extends Message> kind;

    private FakeJmsMessage(Class<? extends Message> kind) {
        this.kind = kind;
        answers.put("propertyExists", true);
        attempt(1);
    }

    static FakeJmsMessage text(String id, String text) {
        FakeJmsMessage message = new FakeJmsMessage(TextMessage.class);
        message.answers.put("getText", text);
        return message.id(id);
    }

    static FakeJmsMessage of(Class<? extends Message> kind, String id) {
        return new FakeJmsMessage(kind).id(id);
    }

    FakeJmsMessage id(@Nullable String id) {
        if (id == null) {
            answers.remove("getJMSMessageID");
        } else {
            answers.put("getJMSMessageID", id);
        }
        return this;
    }

    FakeJmsMessage replyTo(Destination destination) {
        answers.put("getJMSReplyTo", destination);
        return this;
    }

    FakeJmsMessage correlationId(String id) {
        answers.put("getJMSCorrelationID", id);
        return this;
    }

    FakeJmsMessage attempt(int attempt) {
        answers.put("getIntProperty", attempt);
        return this;
    }

    Message delivered() {
        return (Message) Proxy.newProxyInstance(
                FakeJmsMessage.class.getClassLoader(), new Class<?>[] {kind}, (proxy, method, arguments) -> {
                    Object answer = answers.get(method.getName());
                    if (answer == null && method.getReturnType().isPrimitive()) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return answer;
                });
    }
}
