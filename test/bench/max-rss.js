// For `node --import`: writes the process's peak memory in KiB to the file that MAX_RSS_FILE names.
import {writeFileSync} from 'node:fs';

process.on('exit', () => writeFileSync(process.env.MAX_RSS_FILE, String(process.resourceUsage().maxRSS)));
