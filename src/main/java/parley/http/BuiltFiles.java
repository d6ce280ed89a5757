package parley.http;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Serves the files that the build names by their content: browsers keep them for a year without asking again. The build has compressed
 * them already; a browser gets the smallest form that it accepts. Any other path gets 404.
 */
@WebServlet({BuiltFiles.CHAT, BuiltFiles.PORTAL})
public class BuiltFiles extends HttpServlet {

    static final String CHAT = "/chat/built/*";
    static final String PORTAL = "/built/*";

    private static final long serialVersionUID = 1;
    private static final String UNCHANGING = "public, max-age=31536000, immutable";
    private static final Pattern NAME = Pattern.compile("/[\\w-]+\\.(js|css|svg|js\\.map)");
    private static final List<Coding> CODINGS = List.of(new Coding("br", ".br"), new Coding("gzip", ".gz"));

    private record Coding(String name, String suffix) {
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String file = request.getPathInfo();
        if (file == null || !NAME.matcher(file).matches()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        String path = request.getServletPath() + file;
        for (Coding coding : CODINGS) {
            if (accepts(request.getHeader("Accept-Encoding"), coding.name())
                    && sent(response, path, path + coding.suffix(), coding.name())) {
                return;
            }
        }
        if (!sent(response, path, path, null)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private boolean sent(HttpServletResponse response, String path, String resource, String coding) throws IOException {
        try (InputStream content = getServletContext().getResourceAsStream(resource)) {
            if (content == null) {
                return false;
            }
            response.setContentType(typeOf(path));
            response.setHeader("Cache-Control", UNCHANGING);
            response.setHeader("Vary", "Origin, Accept-Encoding");
            if (coding != null) {
                response.setHeader("Content-Encoding", coding);
            }
            content.transferTo(response.getOutputStream());
            return true;
        }
    }

    private static String typeOf(String path) {
        return switch (path.substring(path.lastIndexOf('.'))) {
            case ".js" -> "text/javascript;charset=UTF-8";
            case ".css" -> "text/css;charset=UTF-8";
            case ".svg" -> "image/svg+xml";
            default -> "application/json";
        };
    }

    /** Whether the header names the coding without a weight of 0. */
    static boolean accepts(String header, String coding) {
        if (header == null) {
            return false;
        }
        for (String part : header.split(",", -1)) {
            String[] parameters = part.split(";", -1);
            if (parameters[0].strip().equalsIgnoreCase(coding)) {
                return parameters.length == 1 || !parameters[1].strip().matches("(?i)q\\s*=\\s*0(\\.0*)?");
            }
        }
        return false;
    }
}
