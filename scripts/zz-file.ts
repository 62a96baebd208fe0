import { writeLedgerFile } from './bench/ledger-file.ts';
console.log(await writeLedgerFile(process.argv[2]!, Number(process.argv[3]), 5000));
