package io.playgrant.config;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The environment variables that Kubernetes sets in every container for each Service of its namespace. Those of a Service whose name begins
 * with {@code playgrant} look like settings.
 */
final class ServiceLinks {

    private static final String HOST = "_SERVICE_HOST";
    private static final String PORT = "_PORT";

    private static final Pattern ADDRESS = Pattern.compile("(?:tcp|udp|sctp)://.*");

    /** The suffixes of the names, after the name of the Service. */
    private static final Pattern END = Pattern.compile(
            "_SERVICE_HOST|_SERVICE_PORT(?:_.+)?" + "|_PORT(?:_[0-9]+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)?");

    /** The Services, by the prefixes of their variables. */
    private final Set<String> services = new TreeSet<>();

    private ServiceLinks() {}

    static ServiceLinks in(Map<String, String> environment) {
        ServiceLinks links = new ServiceLinks();
        for (String name : environment.keySet()) {
            if (name.startsWith("PLAYGRANT") && name.endsWith(HOST)) {
                String service = name.substring(0, name.length() - HOST.length());
                if (environment.containsKey(service + "_SERVICE_PORT")) {
                    links.services.add(service);
                }
            }
        }
        return links;
    }

    boolean include(String variable) {
        return services.stream()
                .anyMatch(service -> variable.startsWith(service)
                        && END.matcher(variable.substring(service.length())).matches());
    }

    /** A sentence about variables that are not settings. */
    String warning(long variables) {
        return variables
                + " environment variables that begin with PLAYGRANT_ are not settings: Kubernetes sets them for"
                + (services.size() == 1 ? " the Service " : " the Services ")
                + String.join(", ", services.stream().map(ServiceLinks::named).toList())
                + ". They are ignored; to avoid them, add enableServiceLinks: false to the spec of the pod";
    }

    /** An explanation if Kubernetes set this value; otherwise empty. */
    static String causeOf(String variable, String value) {
        if (!variable.endsWith(PORT) || !ADDRESS.matcher(value).matches()) {
            return "";
        }
        return ". Kubernetes sets it for the Service "
                + named(variable.substring(0, variable.length() - PORT.length()))
                + ": add enableServiceLinks: false to the spec of the pod, or give the Service another name";
    }

    private static String named(String service) {
        return service.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
