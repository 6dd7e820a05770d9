"""The audio guide: sentences and their clips, and the track that is made of them."""
