package parley.rehearsal;

import static parley.rehearsal.Documents.SERVER_CONFIG;

import java.util.List;
import java.util.stream.Collectors;

/** nginx before the instances. */
record Proxy(Machine machine, Steps steps) {

    void before(List<Integer> ports) throws Exception {
        String instances = ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(" "));
        steps.take("nginx", () -> {
            machine.run(Documents.block(SERVER_CONFIG, "instances='").replace("10.0.0.7:28080 10.0.0.8:28080", instances)
                    + Documents.block(SERVER_CONFIG, "nginx.conf.template >"));
            return "";
        });
    }

    void start() throws Exception {
        machine.run("rm -f " + Machine.FOLDER + "/nginx/nginx.pid; systemctl reload nginx");
    }
}
