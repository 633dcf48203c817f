"""What all views share: gate, forms, error pages, German dates, layouts."""
