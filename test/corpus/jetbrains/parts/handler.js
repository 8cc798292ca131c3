client.log(response.status);
