<%@ page contentType="text/html; charset=UTF-8" session="false" %>
<% String parley = application.getInitParameter("parley");
   response.setHeader("Content-Security-Policy", "default-src 'none'; script-src " + parley + "; connect-src 'self' " + parley + " "
           + application.getInitParameter("parley.socket") + "; img-src blob:; media-src " + parley
           + "; require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'; form-action 'none'"); %>
<!doctype html>
<html lang="en">
  <head>
    <title>Portal</title>
    <script type="module" src="${initParam.parley}chat/parley-chat.js"></script>
  </head>
  <body>
    <h1>Portal</h1>
    <parley-chat room="general" token-url="token.jsp"></parley-chat>
  </body>
</html>
