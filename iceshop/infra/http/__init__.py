"""The edge towards browsers and programs: requests, responses, problems, errors."""
