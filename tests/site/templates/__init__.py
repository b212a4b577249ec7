"""How each section writes its pages: the article with everything that real sites put round it."""
