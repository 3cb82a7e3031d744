UPDATE invoice_lines SET tax_percent = 10 WHERE text = 'Form';
