#![no_main]

eb2eks_fuzz::target!(plan);
