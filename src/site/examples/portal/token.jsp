<%-- Gives the token of the person who is signed in. Here that is a demo person of the development issuer: replace it by your own. --%>
<%@ page contentType="text/plain; charset=UTF-8" session="false" trimDirectiveWhitespaces="true"
    import="java.net.URI, java.net.http.HttpClient, java.net.http.HttpRequest, java.net.http.HttpResponse" %>
<% URI address = URI.create(application.getInitParameter("parley") + "dev/token");
   HttpRequest asked = HttpRequest.newBuilder(address).header("Content-Type", "application/json").header("Accept", "application/json")
           .POST(HttpRequest.BodyPublishers.ofString("{\"user\":\"alice\"}")).build();
   HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
   HttpResponse<String> issued = http.send(asked, HttpResponse.BodyHandlers.ofString());
   response.setStatus(issued.statusCode());
   response.setContentType("application/json");
   response.setHeader("Cache-Control", "no-store");
   out.print(issued.body()); %>
